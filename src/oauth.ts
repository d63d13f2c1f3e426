/**
 * The sign-in engine, a bundle of its own: it is loaded when somebody signs in for the first time.
 */
export { createAuthorizer, type Authorizer } from './core/oauth/dpop';
export { discover } from './core/oauth/discover';
export { signInWithDevice } from './core/oauth/deviceCode';
export { signInWithGrant } from './core/oauth/machineGrants';
export { nextAuthorization } from './core/oauth/nextAuthorization';
export { refresh } from './core/oauth/refresh';
export { revoke } from './core/oauth/revoke';
export { signIn } from './core/oauth/signIn';
