import type { Context } from 'mocha';
/** The test's own registry on a free port of 127.0.0.1, which Docker uses without TLS. */
export interface Registry {
    /** `127.0.0.1:PORT`, the first part of an image's name. */
    readonly host: string;
    tags(repository: string): Promise<readonly string[]>;
    stop(): Promise<void>;
}
export interface Login {
    readonly user: string;
    readonly password: string;
}
/**
 * Skips a suite, with a message, if Debian's docker-registry is not installed; with PIKO_REQUIRE_ENGINES=1 it fails.
 */
export declare function requireRegistry(this: Context): void;
/** Starts Debian's docker-registry, with basic authentication if a login is given. */
export declare function startRegistry(login?: Login): Promise<Registry>;
/** Removes what was pulled from a registry. By name: others may have the same image from their own registries. */
export declare function removeImagesOf(host: string): void;
/** Writes stored logins as `docker login` does, for use with the folder as DOCKER_CONFIG. */
export declare function storeLogin(folder: string, { host, login }: {
    host: string;
    login?: Login;
}): void;
/** A port that nothing listens on. */
export declare function freePort(): Promise<number>;
