package io.junctor.cli;

import io.junctor.server.tls.SelfSignedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a certificate for development. */
@Command(
        name = "cert",
        description =
                "Makes a certificate for development, for localhost, 127.0.0.1, ::1 and the given host names, and its key:"
                        + " cert.pem and key.pem. No authority has signed it: clients must be told to trust cert.pem.")
final class CertCommand implements Callable<Integer> {
    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

    @Parameters(paramLabel = "HOST", description = "More host names or addresses that clients connect to.")
    private List<String> hosts = List.of();

    @Option(
            names = {"-d", "--directory"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the files are written. Default: here.")
    private Path directory = Path.of(".");

    @Override
    public Integer call() {
        List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        hosts.stream().filter(host -> !names.contains(host)).forEach(names::add);
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        if (Files.exists(certificate) || Files.exists(key)) {
            return FailurePrinter.onRefusal("there is a " + (Files.exists(certificate) ? certificate : key)
                    + " already: remove it, or name another directory with -d.");
        }
        try {
            Instant now = Instant.now();
            SelfSignedCertificate made =
                    SelfSignedCertificate.make(names, now.minus(CLOCK_DIFFERENCE), now.plus(VALID));
            writeForOwner(key, made.keyPem());
            Files.writeString(certificate, made.certificatePem(), StandardOpenOption.CREATE_NEW);
        } catch (IllegalArgumentException e) {
            return FailurePrinter.onRefusal("one of " + hosts + " is not a host name or address.");
        } catch (FileAlreadyExistsException e) {
            return FailurePrinter.onRefusal("there is a " + e.getFile() + " already.");
        } catch (IOException e) {
            return FailurePrinter.onRefusal("cannot write to " + directory + ": " + e.getMessage() + ".");
        }
        System.out.println("Made " + certificate + " and " + key + " for " + String.join(", ", names) + ", valid for "
                + VALID.toDays() + " days.");
        System.out.println(
                "The router:  tls: { certificate: cert.pem, key: key.pem }   under a listener, paths beginning"
                        + " where realms.yaml is");
        System.out.println(
                "Java client: Client.builder(\"wss://localhost:8080/ws\").tls(SslContextBuilder.create().authorities(Path.of(\"cert.pem\")).build())");
        System.out.println(
                "Others:      tell them to trust cert.pem, such as NODE_EXTRA_CA_CERTS=cert.pem for Node.js");
        return ExitCode.OK;
    }

    private static void writeForOwner(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, attributes);
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }
}
