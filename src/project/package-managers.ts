/** A program that installs a project's dependencies into a folder which git usually ignores. */
export interface PackageManager {
  readonly name: string
  /** What it installs into, beside its lock file. */
  readonly folders: readonly string[]
  /** Files that pin the versions; the first that is there counts. */
  readonly locks: readonly string[]
  /** Files that show it is used, where nothing is pinned. */
  readonly manifests: readonly string[]
  /** Run in the folder of the lock file. */
  readonly install: string
  readonly unpinned?: string
  /**
   * `copy`: a copy of the folder works elsewhere. `install`: it holds paths of the machine it was made on. `build`: its own
   * output, which it makes again by itself.
   */
  readonly bring: 'copy' | 'install' | 'build'
}

const node = { folders: ['node_modules'], manifests: [], bring: 'copy' } as const
const python = { folders: ['.venv', 'venv'], manifests: [], bring: 'install' } as const

/** In the order in which they are looked for. */
export const packageManagers: readonly PackageManager[] = [
  {
    ...node,
    name: 'pnpm',
    locks: ['pnpm-lock.yaml'],
    // Else the store would be made in the mounted tree, beside node_modules: pnpm links from its own file system only.
    install: 'pnpm install --frozen-lockfile --store-dir node_modules/.pnpm-store',
  },
  { ...node, name: 'yarn', locks: ['yarn.lock'], install: 'yarn install --frozen-lockfile' },
  { ...node, name: 'bun', locks: ['bun.lock', 'bun.lockb'], install: 'bun install --frozen-lockfile' },
  {
    ...node,
    name: 'npm',
    locks: ['package-lock.json', 'npm-shrinkwrap.json'],
    manifests: ['package.json'],
    install: 'npm ci',
    unpinned: 'npm install',
  },
  { ...python, name: 'uv', locks: ['uv.lock'], install: 'UV_LINK_MODE=copy uv sync --frozen' },
  {
    ...python,
    name: 'poetry',
    locks: ['poetry.lock'],
    install: 'POETRY_VIRTUALENVS_IN_PROJECT=true poetry install --no-interaction',
  },
  {
    ...python,
    name: 'pip',
    locks: ['requirements.txt'],
    manifests: ['pyproject.toml', 'setup.py'],
    install: 'python3 -m venv FOLDER && FOLDER/bin/pip install -r requirements.txt',
    unpinned: 'python3 -m venv FOLDER && FOLDER/bin/pip install .',
  },
  {
    name: 'composer',
    folders: ['vendor'],
    locks: ['composer.lock'],
    manifests: ['composer.json'],
    install: 'composer install --no-interaction',
    bring: 'copy',
  },
  {
    name: 'bundler',
    folders: ['vendor/bundle', 'vendor'],
    locks: ['Gemfile.lock'],
    manifests: ['Gemfile'],
    install: 'BUNDLE_PATH=vendor/bundle bundle install',
    bring: 'copy',
  },
  {
    name: 'go',
    folders: ['vendor'],
    locks: ['go.sum'],
    manifests: ['go.mod'],
    install: 'go mod vendor',
    bring: 'copy',
  },
  {
    name: 'cargo',
    folders: ['target'],
    locks: ['Cargo.lock'],
    manifests: ['Cargo.toml'],
    install: 'cargo build',
    bring: 'build',
  },
]
