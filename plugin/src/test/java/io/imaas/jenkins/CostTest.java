package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.sun.management.OperatingSystemMXBean;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.plugins.git.GitSCM;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What builds cost the controller; prints what docs/jenkins.md tells under "What it costs". */
@WithJenkins
class CostTest {
    private static final int PATIENCE = 300_000;
    /** Whether CPU time is measured as well, which takes a while. */
    private static final boolean MEASURED = Boolean.getBoolean("imaas.cost");

    private static final int WAITING = MEASURED ? 50 : 20;
    private static final long WATCHED_MILLIS = 10_000;

    /** Until what waiting builds had to do first is done. */
    private static final long SETTLED_MILLIS = 5_000;

    @TempDir
    private Path folder;

    @Test
    void aDeliveryWritesLittleAndWhoWaitsHoldsNoThread(JenkinsRule jenkins) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        try (TestPlatform platform = TestPlatform.begin(folder)) {
            platform.configure();
            // The sources are worked on in another process, whose time is not the controller's.
            jenkins.jenkins.setNumExecutors(0);
            jenkins.createOnlineSlave();
            platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
            Jobs.multibranch(jenkins, "platform", platform.url("platform")).scheduleBuild2(0);
            jenkins.waitUntilNoActivityUpTo(PATIENCE);

            deliver(jenkins, platform);
            await(jenkins);
        }
    }

    private void deliver(JenkinsRule jenkins, TestPlatform platform) throws Exception {
        WorkflowMultiBranchProject service =
                jenkins.jenkins.getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class);
        String version = "1.0.2";
        for (int round = 1; round <= (MEASURED ? 3 : 1); round++) {
            String next = "1." + round + ".0";
            platform.change("order-report", "main", "pom.xml", "<version>" + version, "<version>" + next);
            version = next;
            long before = cpuNanos();
            service.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivityUpTo(PATIENCE);
            System.out.printf("delivery %d: %d ms of CPU%n", round, (cpuNanos() - before) / 1_000_000);
        }
        WorkflowRun last = service.getItem("main").getLastBuild();
        Path build = last.getRootDir().toPath();
        List<Path> ours = files(build, path -> path.startsWith("imaas/"));
        List<Path> library = files(build, path -> path.startsWith("libs/"));
        System.out.printf(
                "of all %s: ours %s, library %s%n", told(files(build, path -> true)), told(ours), told(library));
        assertThat(bytes(ours)).isLessThan(64 << 10);
        assertThat(ours).hasSizeLessThan(6);
    }

    private void await(JenkinsRule jenkins) throws Exception {
        Files.writeString(
                folder.resolve("cluster/faults.yaml"), "orders-prod/order-sync: \"slow: an image is pulled\"\n");
        WorkflowJob job =
                jenkins.jenkins.getItemByFullName("orders", Folder.class).createProject(WorkflowJob.class, "many");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("n")));
        job.setDefinition(new CpsFlowDefinition(
                "imaasPromote(from: 'dev', to: 'prod', service: 'order-sync'); imaasRollout()", true));
        Set<String> idle = threads();
        long usedIdle = cpuWhileWatched();
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            runs.add(Jobs.byPerson(job, new ParametersAction(new StringParameterValue("n", "" + i))));
        }
        for (WorkflowRun run : runs) {
            jenkins.waitForMessage("Roll out order-sync to prod: ", run);
        }
        if (MEASURED) {
            Thread.sleep(SETTLED_MILLIS);
        }
        long used = cpuWhileWatched();
        Set<String> now = threads();
        now.removeAll(idle);
        // Whoever is held by a build that waits is there at each look; whoever serves a request only now is not.
        for (int look = 0; look < 10; look++) {
            Thread.sleep(100);
            now.retainAll(threads());
        }
        System.out.printf(
                "%d builds wait: %d more threads than idle (%s), %d ms of CPU in %d s, idle %d ms%n",
                WAITING, now.size(), now, used / 1_000_000, WATCHED_MILLIS / 1000, usedIdle / 1_000_000);
        assertThat(now.stream().filter(name -> name.startsWith("imaas"))).hasSizeLessThanOrEqualTo(16);
        assertThat(now).hasSizeLessThan(WAITING);

        Files.delete(folder.resolve("cluster/faults.yaml"));
        for (WorkflowRun run : runs) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        }
    }

    private static long cpuWhileWatched() throws InterruptedException {
        long before = cpuNanos();
        if (MEASURED) {
            Thread.sleep(WATCHED_MILLIS);
        }
        return cpuNanos() - before;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Those that somebody holds: a thread of a pool that has no work is given up by itself. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .noneMatch(frame -> frame.getClassName().equals(ThreadPoolExecutor.class.getName())
                                && frame.getMethodName().equals("getTask")))
                .map(thread -> thread.getKey().getName())
                .collect(Collectors.toSet());
    }

    private static List<Path> files(Path root, Predicate<String> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> wanted.test(root.relativize(file).toString()))
                    .toList();
        }
    }

    private static String told(List<Path> files) {
        return files.size() + " files with " + bytes(files) + " bytes";
    }

    private static long bytes(List<Path> files) {
        return files.stream().mapToLong(CostTest::size).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
