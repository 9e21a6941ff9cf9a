/** A program that installs a project's dependencies into a folder that git usually ignores. */
export interface PackageManager {
  readonly name: string
  /** The folders it installs into, next to its lock file. */
  readonly folders: readonly string[]
  /** Files that pin versions. The first that exists is used. */
  readonly locks: readonly string[]
  /** Files that show it is used when nothing is pinned. */
  readonly manifests: readonly string[]
  /** The install command, run in the lock file's folder. */
  readonly install: string
  readonly unpinned?: string
  /**
   * `copy`: the folder works when copied. `install`: it contains absolute paths. `build`: it is build output that the
   * tool creates again by itself.
   */
  readonly bring: 'copy' | 'install' | 'build'
}

const node = { folders: ['node_modules'], manifests: [], bring: 'copy' } as const
const python = { folders: ['.venv', 'venv'], manifests: [], bring: 'install' } as const

/** In order of detection. */
export const packageManagers: readonly PackageManager[] = [
  {
    ...node,
    name: 'pnpm',
    locks: ['pnpm-lock.yaml'],
    // Otherwise pnpm creates its store in the mounted tree, next to node_modules: it links only within one file system.
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
