import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { compile, type Compiled } from '../compiled.js';

export type Role = 'web' | 'worker';

export interface Member {
  name: string;
  role: Role;
  pid: number;
  /** Resolves once it works. */
  ready: Promise<void>;
  /** What it wrote to its error output; empty is well. */
  complaints: () => string;
}

/** Processes of Tieout on one store: one web and any number of workers, each replaced as soon as it dies. */
export class Crew {
  kills = 0;
  private readonly members = new Map<string, { member: Member; child: ChildProcess }>();
  private readonly said: string[] = [];
  private readonly gone = new Set<string>();
  private readonly compiled: Compiled;
  private closing = false;

  /** `program`: the source each process runs, from the project's folder. */
  constructor(
    private readonly env: Record<string, string>,
    private readonly program: string,
    private readonly programArguments: string[],
    private readonly ownEnv: (name: string) => Record<string, string> = () => ({}),
  ) {
    this.compiled = compile(program);
  }

  start(name: string, role: Role): Member {
    const child = spawn(process.execPath, [this.compiled.path(this.program), ...this.programArguments], { env: { ...process.env, ...this.env, ROLE: role, LOG_LEVEL: process.env['SOAK_LOG'] ?? 'error', ...this.ownEnv(name) }, stdio: ['pipe', 'pipe', 'pipe'] });
    const lines = createInterface(child.stdout);
    const ready = new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        if (line === 'ready') resolve();
        else this.said.push(`${name}: ${line}`);
      });
      child.once('close', () => resolve());
    });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
      this.said.push(`${name}: ${chunk.toString().trim()}`);
    });
    const member: Member = { name, role, pid: child.pid ?? 0, ready, complaints: () => complaints };
    this.members.set(name, { member, child });
    child.once('close', () => {
      const mine = this.members.get(name)?.child === child;
      if (mine && !this.closing && !this.gone.has(name)) this.start(name, role);
    });
    return member;
  }

  names(): string[] {
    return [...this.members.keys()];
  }

  named(name: string): Member {
    const found = this.members.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found.member;
  }

  /** Who runs under this process id. */
  withPid(pid: number): string | undefined {
    return [...this.members.values()].find(({ member }) => member.pid === pid)?.member.name;
  }

  /** Ends it without warning; another takes its place. */
  kill(name: string): void {
    this.members.get(name)?.child.kill('SIGKILL');
    this.kills += 1;
  }

  /** Ends it without warning, and nobody takes its place. */
  killForGood(name: string): void {
    this.gone.add(name);
    this.kill(name);
  }

  /** Lines the processes wrote, the newest last. */
  words(count = 20): string[] {
    return this.said.slice(-count);
  }

  async end(): Promise<void> {
    this.closing = true;
    const all = [...this.members.values()];
    await Promise.all(
      all.map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once('close', resolve));
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
        await gone;
        clearTimeout(late);
      }),
    );
    this.compiled.remove();
  }
}
