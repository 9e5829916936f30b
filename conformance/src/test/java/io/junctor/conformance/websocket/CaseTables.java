package io.junctor.conformance.websocket;

import java.util.List;

/** All cases. Immutable. */
final class CaseTables {
    static final List<CaseGroup> GROUPS = List.of(
            FramingCases.sizes(),
            FramingCases.masks(),
            FramingCases.reservedBits(),
            FramingCases.opcodes(),
            ControlCases.pings(),
            ControlCases.closing(),
            FragmentationCases.fragmentation(),
            Utf8Cases.valid(),
            Utf8Cases.invalid(),
            LimitCases.limits(),
            CompressionCases.messages());

    static final List<HandshakeGroup> REQUESTS = List.of(RequestCases.requests(), RequestCases.extensions());
    static final List<HandshakeGroup> RESPONSES = List.of(ResponseCases.responses(), ResponseCases.extensions());

    private CaseTables() {}
}
