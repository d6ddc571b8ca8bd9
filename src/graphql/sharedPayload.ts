/**
 * What a subscription sends to many: the same object to each of them. What clients see of it follows from the object,
 * the question and the access of who asks, and from nothing else.
 */
export abstract class SharedPayload {}
