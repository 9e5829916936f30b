package io.junctor.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A WAMP client of another language: its packages, its installation under {@code target}, its command line. Immutable. */
public enum ForeignClient {
    AUTOBAHN_JS(
            "autobahn_js",
            Language.NODE,
            "autobahn.js",
            "autobahn_features.js",
            "autobahn_login.js",
            "autobahn_return.js"),
    WAMPY("wampy", Language.NODE, "wampy.js", "wampy_features.js", "wampy_login.js", "wampy_return.js"),
    AUTOBAHN_PYTHON(
            "autobahn_python",
            Language.PYTHON,
            "autobahn_part.py",
            "autobahn_features.py",
            "autobahn_login.py",
            "autobahn_return.py");

    /** A language with its package registry and its interpreter. */
    public enum Language {
        NODE("package.json", List.of("node", "npm"), List.of(List.of("npm", "install"))),
        PYTHON(
                "requirements.txt",
                List.of("python3"),
                List.of(
                        List.of("python3", "-m", "venv", "venv"),
                        List.of("venv/bin/pip", "install", "--disable-pip-version-check", "-r", "requirements.txt")));

        private static final int INSTALL_SECONDS = 150;

        private final String list;
        private final List<String> tools;
        private final List<List<String>> install;

        Language(String list, List<String> tools, List<List<String>> install) {
            this.list = list;
            this.tools = tools;
            this.install = install;
        }

        /** Returns the programs that it needs and that are not on the path. */
        List<String> missing() {
            return tools.stream().filter(tool -> !isOnPath(tool)).toList();
        }

        /** Installs its packages in exactly the versions listed, unless they are there. */
        void install() throws IOException, InterruptedException {
            Path installed = TARGET.resolve(list + ".installed");
            String wanted = Files.readString(SOURCE.resolve(list));
            if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
                return;
            }
            for (List<String> command : install) {
                run(command);
            }
            Files.writeString(installed, wanted);
        }

        private void run(List<String> command) throws IOException, InterruptedException {
            File log = TARGET.resolve(name() + ".log").toFile();
            Process process = new ProcessBuilder(command)
                    .directory(TARGET.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            process.outputWriter(UTF_8).close();
            boolean inTime = process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            if (!inTime || process.exitValue() != 0) {
                String how = inTime ? "failed" : "took longer than " + INSTALL_SECONDS + " s";
                throw new AssertionError(command + " " + how + ":\n" + Files.readString(log.toPath()));
            }
        }

        private static boolean isOnPath(String tool) {
            String path = System.getenv().getOrDefault("PATH", "");
            return Stream.of(path.split(File.pathSeparator, -1))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
        }
    }

    private static final Path SOURCE = Path.of("interop").toAbsolutePath();
    static final Path TARGET = Path.of("target", "interop").toAbsolutePath();

    private final String prefix;
    private final Language language;
    private final String script;
    private final String featuresScript;
    private final String loginScript;
    private final String returnScript;

    ForeignClient(
            String prefix,
            Language language,
            String script,
            String featuresScript,
            String loginScript,
            String returnScript) {
        this.prefix = prefix;
        this.language = language;
        this.script = script;
        this.featuresScript = featuresScript;
        this.loginScript = loginScript;
        this.returnScript = returnScript;
    }

    Language language() {
        return language;
    }

    /** Copies the scripts into the directory of the packages. */
    static void copyScripts() throws IOException {
        Files.createDirectories(TARGET);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, TARGET.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Starts the script that exchanges events, calls and errors with other clients. */
    ForeignClientProcess start(String url, String serializer) {
        return run(script, url, serializer);
    }

    /** The same over another transport than WebSocket; its name becomes part of the name of the client. */
    ForeignClientProcess start(String transport, String url, String serializer) {
        return run(prefix + "_" + transport + "_" + serializer, script, url, serializer, List.of());
    }

    /** Starts the script that uses the features of the Advanced Profile that the client has. */
    ForeignClientProcess startFeatures(String url, String serializer) {
        return run(featuresScript, url, serializer);
    }

    /** The same over another transport than WebSocket; its name becomes part of the name of the client. */
    ForeignClientProcess startFeatures(String transport, String url, String serializer) {
        return run(prefix + "_" + transport + "_" + serializer, featuresScript, url, serializer, List.of());
    }

    /** Starts the script that joins again after each end of the session. */
    ForeignClientProcess startReturning(String url) {
        return run(returnScript, url, "json");
    }

    /** Starts the script that joins again and sends its last answer again in each new session. */
    ForeignClientProcess startResending(String url) {
        if (this != AUTOBAHN_PYTHON) {
            throw new IllegalStateException(this + " has no such script");
        }
        return run("autobahn_resend.py", url, "json");
    }

    /** Starts the script that logs in: {@code proof} is the method, the authid, the secret and the expected result. */
    ForeignClientProcess startLogin(String url, String serializer, List<String> proof) {
        return run(loginScript, url, serializer, proof);
    }

    private ForeignClientProcess run(String program, String url, String serializer) {
        return run(program, url, serializer, List.of());
    }

    private ForeignClientProcess run(String program, String url, String serializer, List<String> more) {
        return run(prefix + "_" + serializer, program, url, serializer, more);
    }

    private ForeignClientProcess run(String name, String program, String url, String serializer, List<String> more) {
        String interpreter = language == Language.NODE
                ? "node"
                : TARGET.resolve("venv/bin/python").toString();
        List<String> command = new ArrayList<>(List.of(interpreter, program, url, serializer, name));
        command.addAll(more);
        return ForeignClientProcess.start(name, TARGET, command);
    }
}
