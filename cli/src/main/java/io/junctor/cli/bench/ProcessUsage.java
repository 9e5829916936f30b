package io.junctor.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the processor time and the resident memory of a process on this machine; both are empty on systems without {@code /proc}. */
record ProcessUsage(long pid) {
    /** The unit of processor time in {@code /proc}: Linux reports it in hundredths of a second, whatever the kernel's own clock. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_FIELD = 11;
    private static final int SYSTEM_FIELD = 12;
    private static final int RESIDENT_FIELD = 21;
    private static final long PAGE_BYTES = 4096;

    static boolean isReadable(long pid) {
        return Files.isReadable(Path.of("/proc", Long.toString(pid), "stat"));
    }

    OptionalDouble cpuSeconds() {
        String[] fields = fields();
        return fields.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD])) / TICKS_PER_SECOND);
    }

    OptionalLong residentBytes() {
        String[] fields = fields();
        return fields.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(fields[RESIDENT_FIELD]) * PAGE_BYTES);
    }

    /** Returns the fields after the name, which is in parentheses and may contain spaces. */
    private String[] fields() {
        try {
            Path stat = Path.of("/proc", Long.toString(pid), "stat");
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
