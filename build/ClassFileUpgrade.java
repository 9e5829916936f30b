import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar for the start of client commands. Classes in formats before Java 6 get that of Java 17, with the stack maps
 * that it needs, because the JVM cannot keep older ones in an AOT cache. With names of classes, the copy has only these and
 * the classes of the jar that they refer to: the JVM reads the directory of a jar whenever it looks for a class or a resource
 * that does not exist, and a large one takes long. Needs JDK 25.
 *
 * <pre>java ClassFileUpgrade.java FROM.jar TO.jar [CLASS...]</pre>
 */
public final class ClassFileUpgrade {
    private static final String CLASS = ".class";
    private static final ClassTransform TO_JAVA_17 = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen((builder, element) -> {
                if (element instanceof ClassFileVersion) {
                    builder.withVersion(ClassFile.JAVA_17_VERSION, 0);
                } else {
                    builder.with(element);
                }
            });

    private ClassFileUpgrade() {}

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        List<String> roots = Arrays.asList(arguments).subList(2, arguments.length);
        Map<String, byte[]> entries = read(from);
        if (!roots.isEmpty()) {
            entries.keySet().retainAll(reachable(entries, roots));
        }
        try (URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
                OutputStream output = Files.newOutputStream(Path.of(arguments[1]))) {
            ClassFile format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            write(entries, new ZipOutputStream(output), format);
        }
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream from = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                entries.put(entry.getName(), from.readAllBytes());
            }
        }
        return entries;
    }

    /** The classes that the roots refer to. Every text of a class that has the name of another one counts. */
    private static Set<String> reachable(Map<String, byte[]> entries, List<String> roots) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>();
        roots.forEach(root -> open.add(root.replace('.', '/')));
        while (!open.isEmpty()) {
            String name = open.remove() + CLASS;
            if (entries.containsKey(name) && reached.add(name)) {
                for (PoolEntry entry : ClassFile.of().parse(entries.get(name)).constantPool()) {
                    if (entry instanceof Utf8Entry text) {
                        for (String word : text.stringValue().split("[^\\w/$]+")) {
                            open.add(word);
                            // In a descriptor an L stands before the name.
                            open.add(word.startsWith("L") ? word.substring(1) : word);
                        }
                    }
                }
            }
        }
        return reached;
    }

    private static void write(Map<String, byte[]> entries, ZipOutputStream to, ClassFile format) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            to.putNextEntry(new ZipEntry(entry.getKey()));
            to.write(isOld(entry.getKey(), entry.getValue()) ? upgraded(entry.getValue(), format) : entry.getValue());
        }
        to.finish();
    }

    private static boolean isOld(String name, byte[] content) {
        return name.endsWith(CLASS)
                && !name.endsWith("module-info.class")
                && ClassFile.of().parse(content).majorVersion() < ClassFile.JAVA_6_VERSION;
    }

    private static byte[] upgraded(byte[] content, ClassFile format) {
        ClassModel old = format.parse(content);
        return format.transformClass(old, TO_JAVA_17);
    }
}
