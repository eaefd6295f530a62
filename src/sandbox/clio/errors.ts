/** What Clio answers instead of data: `{"error":{"type","message"}}`. Types beyond the four seen in the wild are inferred. */
export class ClioRefusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const notFound = () => new ClioRefusal(404, 'NotFoundError', 'Not Found');
export const forbidden = (message = 'User is forbidden from taking that action') => new ClioRefusal(403, 'ForbiddenError', message);
export const unauthorized = (message = 'Unauthorized') => new ClioRefusal(401, 'UnauthorizedError', message);
export const invalid = (message: string) => new ClioRefusal(422, 'ArgumentError', message);
export const malformed = (message: string) => new ClioRefusal(400, 'ArgumentError', message);
