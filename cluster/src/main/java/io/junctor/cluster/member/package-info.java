/**
 * Makes a router a member of a cluster: connects it, watches which routers live, links its realms, and leaves. Start reading at {@link
 * io.junctor.cluster.member.ClusterMember}.
 *
 * <p>Knows no engine but by its interface. Everything is thread-safe.
 */
@NullMarked
package io.junctor.cluster.member;

import org.jspecify.annotations.NullMarked;
