/** Accepted file names of the configuration, the usual one first. */
export const configFileNames = ['.piko.yml', '.piko.yaml'] as const
