package io.junctor.router.dealer;

import io.junctor.wamp.value.Uri;

/** Belongs to the turn. A procedure and who carries it out (section "Registering and Unregistering"). */
record Registration(long id, Uri procedure, Party callee) {}
