/**
 * The development issuer: an OpenID Connect provider on loopback whose users are the personas. It plays the part of Pro
 * Santé Connect on a developer's machine and refuses to run in production.
 */
@NullMarked
package fr.relais.localstack.issuer;

import org.jspecify.annotations.NullMarked;
