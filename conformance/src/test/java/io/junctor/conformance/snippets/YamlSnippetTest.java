package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.testkit.tls.TestAuthority;
import io.junctor.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Reads each configuration of the pages as {@code bin/junctor check} does; none has errors or warnings. */
class YamlSnippetTest {
    private static final String SECRET = "secret-of-twenty-characters";
    /** What {@code bin/junctor hash wamp-scram --one-line} prints. */
    private static final String HASH =
            "hash:pbkdf2:100000:pOIGq+WX7nYiOSSPnILARg==:tJ32p3V7S1D/KPzpA4ghFuhqqAxcJLO9e/d85T2MIe4=:LVvY7wNXb9hIXdUEVuV3KfF/CRlJYElaCp1A2x4PGKE=";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    @TempDir
    private Path directory;

    /** The files that the pages name. */
    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectories(directory.resolve("web"));
        copy(TestCertificate.LOCALHOST.files().certificate(), "cert.pem");
        copy(TestCertificate.LOCALHOST.files().key(), "key.pem");
        TestAuthority devices = new TestAuthority("CN=devices");
        copy(devices.file(), "devices-ca.pem");
        devices.revoke(directory.resolve("devices.crl"), Instant.now().plus(Duration.ofDays(1)));
    }

    private void copy(Path file, String name) throws IOException {
        Files.copy(file, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @TestFactory
    Stream<DynamicTest> eachConfigurationIsValid() {
        return Page.snippets("yaml").stream()
                .filter(snippet -> !snippet.has(Mark.Kind.NOT_RUN))
                .map(snippet -> dynamicTest(snippet.place() + " " + snippet.section(), () -> check(snippet)));
    }

    private void check(Snippet snippet) throws IOException {
        Path file = directory.resolve("realms.yaml");
        String text = whole(snippet);
        Files.writeString(file, text);
        ConfigResult result = ConfigFile.read(file, environment(text));
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(((ConfigResult.Valid) result).warnings()).isEmpty();
    }

    private static Map<String, String> environment(String text) {
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(text)
                .results()
                .forEach(name -> environment.put(name.group(1), name.group(1).endsWith("_HASH") ? HASH : SECRET));
        return environment;
    }

    /** The file around a fragment. */
    private static String whole(Snippet snippet) {
        return snippet.mark(Mark.Kind.PART_OF)
                .map(place -> ConfigurationFragment.complete(place, snippet.text()))
                .orElse(snippet.text() + snippet.mark(Mark.Kind.REST).orElse(""));
    }
}
