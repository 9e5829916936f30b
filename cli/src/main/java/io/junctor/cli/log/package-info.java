/**
 * The log of the process on standard error, as text or JSON, and the file of the audit log.
 *
 * <p>Depends on Logback and on the router's configuration and operators' procedures. Each type says which threads may call.
 */
@NullMarked
package io.junctor.cli.log;

import org.jspecify.annotations.NullMarked;
