package io.junctor.conformance.errortext;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The texts that stand in the sources of tests, each as long as its literals are added to each other. */
final class TestLiterals {
    private TestLiterals() {}

    static Set<String> read(Collection<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, problem -> {}, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
            Set<String> texts = new HashSet<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Literals(texts).scan(unit, null);
            }
            return texts;
        }
    }

    private static final class Literals extends TreeScanner<Void, Void> {
        private final Set<String> texts;

        Literals(Set<String> texts) {
            this.texts = texts;
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void none) {
            if (literal.getValue() instanceof String text) {
                texts.add(text);
            }
            return null;
        }

        @Override
        public Void visitBinary(BinaryTree sum, Void none) {
            if (sum.getKind() == Tree.Kind.PLUS) {
                texts.add(text(sum));
                scanValues(sum);
                return null;
            }
            return super.visitBinary(sum, null);
        }

        private void scanValues(Tree tree) {
            if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                scanValues(sum.getLeftOperand());
                scanValues(sum.getRightOperand());
            } else if (!(tree instanceof LiteralTree)) {
                scan(tree, null);
            }
        }

        private static String text(Tree tree) {
            return switch (tree) {
                case LiteralTree literal -> String.valueOf(literal.getValue());
                case ParenthesizedTree inner -> text(inner.getExpression());
                case BinaryTree sum
                when sum.getKind() == Tree.Kind.PLUS -> text(sum.getLeftOperand()) + text(sum.getRightOperand());
                default -> SourceTexts.VALUE;
            };
        }
    }
}
