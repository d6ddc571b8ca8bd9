import { type Attributes, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';

/** Class and code of an error: its message may repeat what was sent. */
const reasonOf = (error: unknown): string => {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  return [name, code].filter(part => typeof part === 'string').join(' ') || 'error';
};

/** Does some work in a span of the present trace, which ends with it. */
export const inSpan = <T>(
  tracer: Tracer,
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> =>
  tracer.startActiveSpan(name, { attributes }, async span => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
