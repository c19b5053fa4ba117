import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { defer, type Scope } from './defer.ts';
import { tempFolder } from './folders.ts';
import { freePort } from './processes.ts';
import { waitFor } from './wait.ts';

/** A RabbitMQ of Debian's package on 127.0.0.1, with a data folder of its own, that drills may treat badly. */
export interface Rabbitmq {
  /** User guest, virtual host /. */
  readonly url: string;
  readonly port: number;
  /** kill -9; what it confirmed is on the disk. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder; resolves when it takes connections. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** `rabbitmqctl …`, as an operator would; answers what it says. */
  ctl(...args: string[]): string;
}

const BIN = '/usr/lib/rabbitmq/bin';

/** Starts one for the test, some 5 s (call `requireTool(t, 'rabbitmq')` first). */
export async function startRabbitmq(t: Scope): Promise<Rabbitmq> {
  const folder = tempFolder(t, { on: 'disk' });
  const [port, dist, epmd] = [await freePort(), await freePort(), await freePort()];
  const env = {
    PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', ERL_EPMD_PORT: String(epmd), ERL_EPMD_ADDRESS: '127.0.0.1', RUNNING_UNDER_SYSTEMD: '1',
    RABBITMQ_NODENAME: `test${randomBytes(4).toString('hex')}@localhost`, RABBITMQ_NODE_PORT: String(port), RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1', RABBITMQ_DIST_PORT: String(dist),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'), RABBITMQ_LOG_BASE: join(folder, 'log'), RABBITMQ_LOGS: '-', RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'), RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'), RABBITMQ_CONF_ENV_FILE: join(folder, 'none.conf'),
    // Two schedulers are enough, and start sooner on a small machine.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 +sbwt none',
  };
  writeFileSync(join(folder, 'plugins'), '[].\n');
  writeFileSync(join(folder, 'rabbitmq.conf'), 'vm_memory_high_watermark.absolute = 1GB\ndisk_free_limit.absolute = 50MB\n');
  // Its own, in the foreground: the one that Erlang starts by itself would stay behind.
  const names = spawn('/usr/bin/epmd', ['-port', String(epmd), '-address', '127.0.0.1'], { env, stdio: 'ignore' });
  defer(t, () => {
    names.kill('SIGKILL');
  });
  await once(names, 'spawn');
  let child: ChildProcess | undefined;
  const output = join(folder, 'output');
  const server: Rabbitmq = {
    url: `amqp://guest:guest@127.0.0.1:${port}`, port,
    async start() {
      const out = openSync(output, 'a');
      child = spawn(join(BIN, 'rabbitmq-server'), { env, cwd: folder, stdio: ['ignore', out, out] });
      closeSync(out);
      await waitFor(async () => await answers(port) && child?.exitCode === null, { what: `RabbitMQ to answer on port ${port}`, timeout: 120_000, every: 100 }).catch((error: unknown) => {
        throw new Error(`${(error as Error).message}\n${readFileSync(output, 'utf8').slice(-3000)}`);
      });
    },
    async kill() {
      await end('SIGKILL');
    },
    async stop() {
      await end('SIGTERM');
    },
    ctl(...args) {
      const { status, stdout, stderr } = spawnSync(join(BIN, 'rabbitmqctl'), ['-q', ...args], { env, cwd: folder, encoding: 'utf8' });
      if (status !== 0) throw new Error(`rabbitmqctl ${args.join(' ')} ended with ${status}: ${stderr || stdout}`);
      return stdout;
    },
  };
  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }
  defer(t, () => server.kill());
  await server.start();
  return server;
}

/** Whether it says hello: to a client of no protocol it answers with its own. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(1000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('connect', () => socket.write('AMQP\0\0\0\0'));
    socket.once('data', (data) => done(data.toString('latin1').startsWith('AMQP')));
  });
}
