import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { bashScript } from '../completion/bash.js'
import { fishScript } from '../completion/fish.js'
import { type CompletedCommand, completionTable } from '../completion/table.js'
import { zshScript } from '../completion/zsh.js'

type Shell = 'bash' | 'zsh' | 'fish'

export default class Autocomplete extends PikoCommand {
  static override summary = 'Set up Tab completion for bash, zsh or fish'
  static override description =
    'Without SHELL, prints how to install it. With SHELL, prints the script that the shell loads at startup. ' +
    'Completion starts no program: piko keeps the names of environments and services in .piko/completion.'
  static override examples = [
    '<%= config.bin %> autocomplete',
    "echo 'source <(<%= config.bin %> autocomplete bash)' >> ~/.bashrc",
  ]
  static override args = {
    shell: Args.option({
      options: ['bash', 'zsh', 'fish'] as const,
      description: 'Print the script for this shell',
    })(),
  }

  async run(): Promise<object> {
    const { args } = await this.parse(Autocomplete)
    if (args.shell === undefined) {
      for (const { shell, command } of installs) this.log(`${shell.padEnd(6)}${command}`)
      return { install: Object.fromEntries(installs.map(({ shell, command }) => [shell, command])) }
    }
    const script = scripts[args.shell](completionTable(this.config.commands))
    this.log(script.trimEnd())
    return { shell: args.shell, script }
  }
}

const scripts: Readonly<Record<Shell, (table: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

const installs: readonly { readonly shell: Shell; readonly command: string }[] = [
  { shell: 'bash', command: "echo 'source <(piko autocomplete bash)' >> ~/.bashrc" },
  { shell: 'zsh', command: "echo 'source <(piko autocomplete zsh)' >> ~/.zshrc" },
  { shell: 'fish', command: 'piko autocomplete fish > ~/.config/fish/completions/piko.fish' },
]
