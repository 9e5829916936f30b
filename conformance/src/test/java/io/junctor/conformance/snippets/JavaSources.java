package io.junctor.conformance.snippets;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Used by one thread. The Java blocks of a page as classes. A block with a class stays as it is. Other blocks become
 * methods: {@code session} and {@code client} are fields, the imports are those of the block and those of the block of
 * the page that has only imports.
 */
final class JavaSources {
    private static final Pattern TYPE = Pattern.compile("^(?:public )?class (\\w+)", Pattern.MULTILINE);
    private static final Pattern RECORD = Pattern.compile("^record .*\\{}$", Pattern.MULTILINE);
    private static final String IMPORT = "import ";

    private final Path directory;
    private final String uri;
    private final List<Path> files = new ArrayList<>();
    private final String imports;
    private final String records;

    /** Blocks of one page; {@code uri} is the address of the router. */
    JavaSources(Path directory, List<Snippet> page, String uri) {
        this.directory = directory;
        this.uri = uri;
        this.imports = page.stream()
                .filter(JavaSources::isOnlyImports)
                .map(Snippet::text)
                .collect(joining());
        this.records = page.stream()
                .flatMap(snippet -> RECORD.matcher(snippet.text()).results())
                .map(match -> "    " + match.group() + "\n")
                .collect(joining());
    }

    /** Whether the block only shows the imports of the other blocks of its page. */
    static boolean isOnlyImports(Snippet snippet) {
        return snippet.text().lines().allMatch(line -> line.isBlank() || line.startsWith(IMPORT));
    }

    /** Adds a block; returns the name of its class. */
    String add(Snippet snippet) throws IOException {
        Matcher type = TYPE.matcher(snippet.text());
        if (type.find()) {
            write(type.group(1), imports + snippet.text());
            return type.group(1);
        }
        String name = "Block" + snippet.line();
        write(name, method(name, snippet));
        return name;
    }

    private String method(String name, Snippet snippet) {
        List<String> lines = snippet.text().lines().toList();
        String own = lines.stream()
                .filter(line -> line.startsWith(IMPORT))
                .map(line -> line + "\n")
                .collect(joining());
        String body = lines.stream()
                .filter(line -> !line.startsWith(IMPORT))
                .map(line -> RECORD.matcher(line).matches() ? "" : line)
                .collect(joining("\n"));
        return imports
                + own
                + "public class " + name + " {\n"
                + records
                + "    public static io.junctor.client.Session session;\n"
                + "    public static io.junctor.client.Client client;\n"
                + "    public static void main(String[] arguments) throws Exception {\n"
                + snippet.mark(Mark.Kind.BEFORE).orElse("") + "\n"
                + body
                + "\n    }\n}\n";
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name + ".java");
        Files.writeString(file, substituted(text));
        files.add(file);
    }

    /** Other ports than those of the page, which may be in use; another directory. */
    private String substituted(String text) {
        String result = text;
        for (Map.Entry<String, String> replacement : Map.of(
                        "\"ws://127.0.0.1:8080/ws\"",
                        '"' + uri + '"',
                        "\"127.0.0.1\", 8080",
                        "\"127.0.0.1\", 0",
                        "new Server(8080)",
                        "new Server(0)",
                        "Path.of(\"realms.yaml\")",
                        "Path.of(\"" + Page.ROOT.resolve("realms.yaml") + "\")")
                .entrySet()) {
            result = result.replace(replacement.getKey(), replacement.getValue());
        }
        return result;
    }

    /** Compiles all blocks that were added. */
    URLClassLoader compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            manager,
                            null,
                            List.of("-proc:none", "-d", directory.toString(), "-cp", classPath()),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new AssertionError(messages + "\n" + sources());
            }
        }
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, JavaSources.class.getClassLoader());
    }

    /** The class path of this JVM; Maven hides it in the manifest of a JAR. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private String sources() {
        return files.stream().map(Path::toString).collect(joining("\n"));
    }
}
