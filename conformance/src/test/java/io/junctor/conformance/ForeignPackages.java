package io.junctor.conformance;

import io.junctor.conformance.ForeignClient.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Installs the packages of {@code conformance/interop} in {@code target/interop}. Thread-safe. */
public final class ForeignPackages {
    private static final System.Logger LOG = System.getLogger(ForeignPackages.class.getName());

    private ForeignPackages() {}

    /** Installs the packages of all languages; returns the languages whose tools are missing, with the reason. */
    public static Map<Language, String> install() throws IOException, InterruptedException, ExecutionException {
        ForeignClient.copyScripts();
        Map<Language, String> lacking = new EnumMap<>(Language.class);
        List<Future<?>> installations = new ArrayList<>();
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Language language : Language.values()) {
                List<String> missing = language.missing();
                if (missing.isEmpty()) {
                    installations.add(both.submit(installation(language)));
                } else {
                    lacking.put(language, language + " clients are skipped: not on the path: " + missing);
                }
            }
        }
        lacking.values().forEach(why -> LOG.log(System.Logger.Level.WARNING, why));
        for (Future<?> installation : installations) {
            installation.get();
        }
        return lacking;
    }

    /** Where the packages are. */
    public static Path directory() {
        return ForeignClient.TARGET;
    }

    private static Callable<Language> installation(Language language) {
        return () -> {
            language.install();
            return language;
        };
    }
}
