/** Where the tools of this bench are. */
export interface Tools {
  /** Path of a file of a package, which is installed under an alias. */
  path(alias: string, file: string): string;
}

/** How a package manager is made to install, and its project to be run. */
export interface Client {
  /** The alias, and what is installed under it. */
  readonly tools: Readonly<Record<string, string>>;
  /** The oldest Node.js that it runs on. */
  readonly oldestNode?: number;
  /** Files that it needs beside package.json. */
  readonly files?: (registry: string) => Readonly<Record<string, string>>;
  /** Its command, up to the names of the packages. */
  readonly install: (node: string, tools: Tools, registry: string) => readonly string[];
  /** How the project's module is run. */
  readonly run?: (node: string, tools: Tools) => readonly string[];
}

const npm = (major: number, oldestNode = 20): Client => ({
  tools: { [`npm${major}`]: `npm@${major}` },
  oldestNode,
  install: (node, tools, registry) => [
    node,
    tools.path(`npm${major}`, 'bin/npm-cli.js'),
    'install',
    '--no-audit',
    `--registry=${registry}`,
  ],
});

const yarn4 = (linker: 'node-modules' | 'pnp'): Client => ({
  tools: { yarn4: '@yarnpkg/cli-dist@4' },
  files: (registry) => ({
    '.yarnrc.yml': [
      `nodeLinker: ${linker}`,
      `npmRegistryServer: "${registry}"`,
      'unsafeHttpWhitelist: ["127.0.0.1"]',
      'enableTelemetry: false',
    ].join('\n'),
    // Without it yarn takes a folder further up for the project.
    'yarn.lock': '',
  }),
  install: (node, tools) => [node, tools.path('yarn4', 'bin/yarn.js'), 'add'],
  ...(linker === 'pnp'
    ? { run: (node, tools) => [node, tools.path('yarn4', 'bin/yarn.js'), 'node'] }
    : {}),
});

/** By the names that the table gives them. */
export const clients: Readonly<Record<string, Client>> = {
  'npm 10': npm(10),
  'npm 11': npm(11),
  'npm 12': npm(12, 22),
  'pnpm 10': {
    tools: { pnpm10: 'pnpm@10' },
    install: (node, tools, registry) => [
      node,
      tools.path('pnpm10', 'bin/pnpm.cjs'),
      'add',
      `--registry=${registry}`,
    ],
  },
  'pnpm 12': {
    tools: { pnpm12: '@pnpm/exe.linux-x64@12' },
    // It would not take what was published within the last day.
    files: () => ({ 'pnpm-workspace.yaml': 'minimumReleaseAge: 0\n' }),
    install: (_, tools, registry) => [
      tools.path('pnpm12', 'pnpm'),
      'add',
      `--registry=${registry}`,
    ],
  },
  'yarn 1': {
    tools: { yarn1: 'yarn@1' },
    install: (node, tools, registry) => [
      node,
      tools.path('yarn1', 'bin/yarn.js'),
      'add',
      '--registry',
      registry,
    ],
  },
  'yarn 4 node_modules': yarn4('node-modules'),
  'yarn 4 PnP': yarn4('pnp'),
  bun: {
    tools: { bun1: '@oven/bun-linux-x64@1' },
    install: (_, tools, registry) => [tools.path('bun1', 'bin/bun'), 'add', '--registry', registry],
  },
};
