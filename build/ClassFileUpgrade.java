import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar with its classes in the format of Java 17, with the stack maps that newer formats need. The JVM cannot keep
 * classes of older formats in an AOT cache. Needs JDK 25.
 *
 * <pre>java ClassFileUpgrade.java FROM.jar TO.jar</pre>
 */
public final class ClassFileUpgrade {
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
        try (URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
                InputStream input = Files.newInputStream(from);
                OutputStream output = Files.newOutputStream(Path.of(arguments[1]))) {
            ClassFile format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            copy(new ZipInputStream(input), new ZipOutputStream(output), format);
        }
    }

    private static void copy(ZipInputStream from, ZipOutputStream to, ClassFile format) throws IOException {
        for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            byte[] content = from.readAllBytes();
            to.putNextEntry(new ZipEntry(entry.getName()));
            boolean isClass = entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
            to.write(isClass ? format.transformClass(format.parse(content), TO_JAVA_17) : content);
        }
        to.finish();
    }
}
