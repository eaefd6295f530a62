import { createServer, request } from 'node:http';

/** One exchange that went through, from its first byte until it was over for the caller; milliseconds since 1970. */
export interface Passage {
  method: string;
  path: string;
  from: number;
  to: number | null;
}

export interface WatchedDoor {
  url: string;
  passages: Passage[];
  close(): Promise<void>;
}

/** Stands before a vendor and passes everything on as it came, so that one can tell by which door, hence from which process, it came. */
export async function watchedDoor(target: string, onPassage: (passage: Passage) => void = () => undefined): Promise<WatchedDoor> {
  const { hostname, port } = new URL(target);
  const passages: Passage[] = [];
  const server = createServer((incoming, outgoing) => {
    const passage: Passage = { method: incoming.method ?? '', path: incoming.url ?? '', from: Date.now(), to: null };
    passages.push(passage);
    outgoing.once('close', () => (passage.to = Date.now()));
    const onward = request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    incoming.pipe(onward);
    onPassage(passage);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    passages,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
