import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody else's server: takes webhooks, echoes handshakes, and answers events as told. */
export class HookReceiver {
  readonly received: Received[] = [];
  eventStatus = 200;
  echoes = true;
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const offered = request.headers['x-hook-secret'];
      if (typeof offered === 'string') {
        if (this.echoes) response.setHeader('X-Hook-Secret', offered);
        response.writeHead(200).end();
      } else response.writeHead(this.eventStatus).end();
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => { resolve(); }));
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hooks/secret-path`;
  }

  get events(): Received[] {
    return this.received.filter((each) => each.headers['x-hook-secret'] === undefined);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => { resolve(); }));
  }
}
