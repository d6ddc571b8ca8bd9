/**
 * Libraries check more while they are developed with; in graphql-js that is a quarter of the work of a query. To be
 * imported before any of them; whoever wants the checks sets NODE_ENV.
 */
process.env.NODE_ENV ??= 'production';
