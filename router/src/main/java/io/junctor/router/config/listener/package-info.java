/**
 * The configuration of listeners: addresses, protocols, TLS, paths and limits. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.config.listener;

import org.jspecify.annotations.NullMarked;
