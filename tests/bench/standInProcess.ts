import { startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';

/** The stand-in for EventStoreDB by itself, so that the sides that are measured do not share its thread. Ends with its parent. */
const { port } = await startEventStoreDbStandIn();
process.send?.(port);
process.once('disconnect', () => process.exit());
