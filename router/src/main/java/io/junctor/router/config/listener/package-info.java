/** The configuration of listeners: addresses, protocols, TLS, paths and limits. All types are immutable. */
@NullMarked
package io.junctor.router.config.listener;

import org.jspecify.annotations.NullMarked;
