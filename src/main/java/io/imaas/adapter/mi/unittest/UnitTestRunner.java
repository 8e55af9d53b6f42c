package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.mi.source.TestSuiteFiles;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestSelection;
import io.imaas.port.TestServer;
import io.imaas.port.UnitTests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sends every suite to a unit-test server and holds that every suite and every case is in the result. The threads of one
 * server share one configuration, so a server gets one suite at a time; several servers work side by side.
 */
public final class UnitTestRunner implements UnitTests {
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(60);

    @Override
    public TestReport run(MiProject project, Order order, Consumer<String> log) {
        List<SuiteSource> suites = suites(project, order.selection());
        Set<TestServer> distinct = new LinkedHashSet<>(order.servers());
        SuiteQueue queue = new SuiteQueue(suites, distinct);
        suites.forEach(suite -> suite.assertingNothing()
                .forEach(name -> log.accept("warning: " + suite.file() + ": the case '" + name
                        + "' asserts nothing, so it passes whatever comes out (add <assertions>)")));
        if (suites.stream().noneMatch(SuiteSource::sendable)) {
            return report(suites, queue.results(""));
        }
        if (distinct.isEmpty()) {
            throw FailureException.input("no unit-test server is given", "name one by host:port");
        }
        List<ServerWorker> workers = work(queue, distinct, order.timeout(), line -> {
            synchronized (queue) {
                log.accept(line);
            }
        });
        String unreachable = workers.stream()
                .map(ServerWorker::lost)
                .filter(l -> !l.isEmpty())
                .collect(Collectors.joining("; "));
        if (workers.stream().noneMatch(ServerWorker::reached)) {
            throw new FailureException(new Failure(
                    FailureKind.EXTERNAL,
                    "no unit-test server can be reached: " + unreachable,
                    "",
                    "start one: micro-integrator.sh -DsynapseTest -DsynapseTestPort=9008"));
        }
        return report(suites, queue.results(unreachable));
    }

    @Override
    public List<Prepared> prepare(MiProject project, TestSelection selection) {
        return suites(project, selection).stream()
                .map(s -> new Prepared(
                        s.file(), s.cases(), s.request().getBytes(StandardCharsets.UTF_8).length, s.problem()))
                .toList();
    }

    /** A suite that can't be read is never left out for its cases: they may be among those that are wanted. */
    private static List<SuiteSource> suites(MiProject project, TestSelection selection) {
        ProjectTree tree = ProjectTree.of(Path.of(project.folder()));
        SuiteReader reader = new SuiteReader(tree, selection);
        return TestSuiteFiles.of(project, tree).stream()
                .filter(selection::takesSuite)
                .map(reader::read)
                .filter(suite -> !suite.cases().isEmpty() || !suite.sendable())
                .toList();
    }

    /** A server of ours is started anew instead of being waited for. */
    private static Duration grace(TestServer server, Duration timeout) {
        return !(server instanceof TestServer.Given)
                ? Duration.ZERO
                : timeout.compareTo(LONGEST_GRACE) < 0 ? timeout : LONGEST_GRACE;
    }

    private static List<ServerWorker> work(
            SuiteQueue queue, Set<TestServer> servers, Duration timeout, Consumer<String> log) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        ExecutorService threads = Executors.newFixedThreadPool(servers.size());
        List<ServerWorker> workers = servers.stream()
                .map(server -> new ServerWorker(
                        server, queue, new SuiteExchange(server::address, timeout, grace(server, timeout), watch), log))
                .toList();
        try {
            List<Future<?>> running = new ArrayList<>();
            workers.forEach(worker -> running.add(threads.submit(worker)));
            for (Future<?> one : running) {
                one.get();
            }
            return workers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("the unit tests were interrupted", "", "run them again", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException known
                    ? known
                    : FailureException.defect("the unit-test runner broke", e.getCause());
        } finally {
            threads.shutdownNow();
            workers.forEach(ServerWorker::abort);
            watch.shutdownNow();
        }
    }

    /** In the order of the sources; a suite without a result is missing. */
    private static TestReport report(List<SuiteSource> sources, Map<String, Suite> results) {
        return new TestReport(sources.stream()
                .map(source ->
                        results.getOrDefault(source.file(), source.missing("the run broke off before its result", 0)))
                .toList());
    }
}
