package io.imaas.vars;

import com.lesfurets.jenkins.unit.PipelineTestHelper;
import com.lesfurets.jenkins.unit.global.lib.LibraryConfiguration;
import groovy.lang.Binding;
import groovy.lang.Closure;
import io.imaas.vars.PretendedJenkins.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** This repository as the shared library {@code imaas}, compiled once for each mode: compiling is what takes long. */
final class SharedLibrary {
    private static final Path JENKINSFILES = Path.of("target/vars-tests");
    private static final SharedLibrary PLAIN = new SharedLibrary(new PipelineTestHelper(), "plain");
    private static final SharedLibrary CPS = new SharedLibrary(new SavingHelper(), "cps");

    private final PipelineTestHelper helper;
    private final Path folder;

    private SharedLibrary(PipelineTestHelper helper, String name) {
        this.helper = helper;
        try {
            // Of this process alone: another one that writes the same Jenkinsfile empties it for a moment.
            this.folder = Files.createTempDirectory(Files.createDirectories(JENKINSFILES), name)
                    .toAbsolutePath();
            helper.setScriptRoots(folder.toString());
            helper.setBaseScriptRoot(folder.toString());
            helper.setScriptExtension("groovy");
            helper.setBaseClassloader(SharedLibrary.class.getClassLoader());
            helper.registerSharedLibrary(library(Path.of("").toUri().toURL()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        helper.init();
    }

    static SharedLibrary in(Mode mode) {
        return mode == Mode.CPS ? CPS : PLAIN;
    }

    private static LibraryConfiguration library(URL root) {
        LibraryConfiguration library = new LibraryConfiguration();
        library.setName("imaas");
        library.setDefaultVersion("main");
        library.setTargetPath(JENKINSFILES.toString());
        library.setAllowOverride(true);
        library.setRetriever((name, version, target) -> List.of(root));
        return library;
    }

    /** Takes the place of a step of the same name and types. */
    void step(String name, List<Class<?>> types, Function<Object[], Object> body) {
        Closure<Object> closure = new StepClosure(arguments -> {
            try {
                return body.apply(arguments);
            } finally {
                saveNext();
            }
        });
        helper.registerAllowedMethod(name, List.copyOf(types), closure);
    }

    private void saveNext() {
        if (helper instanceof SavingHelper saving) {
            saving.stepCalled();
        }
    }

    Object call(Object body) {
        return helper.callClosure((Closure<?>) body);
    }

    void run(String jenkinsfile, Binding binding) {
        String name = "Jenkinsfile_" + Integer.toHexString(jenkinsfile.hashCode());
        try {
            Files.writeString(folder.resolve(name), jenkinsfile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        helper.runScript(name, binding);
    }
}
