package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.mi.source.TestSuiteFiles;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.port.UnitTests;
import java.net.InetSocketAddress;
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

/**
 * Sends every suite to a unit-test server and holds that every suite and every case is in the result. The threads of one
 * server share one configuration, so a server gets one suite at a time; several servers work side by side.
 */
public final class UnitTestRunner implements UnitTests {
    @Override
    public TestReport run(MiProject project, List<InetSocketAddress> servers, Duration timeout, Consumer<String> log) {
        List<SuiteSource> suites = suites(project);
        if (suites.stream().noneMatch(SuiteSource::sendable)) {
            return report(suites, Map.of(), "");
        }
        Set<InetSocketAddress> distinct = new LinkedHashSet<>(servers);
        if (distinct.isEmpty()) {
            throw FailureException.input("no unit-test server is given", "", "name one by host:port");
        }
        SuiteQueue queue = new SuiteQueue(suites, distinct);
        List<ServerWorker> workers = work(queue, distinct, timeout, line -> {
            synchronized (queue) {
                log.accept(line);
            }
        });
        String unreachable = String.join(
                "; ",
                workers.stream()
                        .map(ServerWorker::lost)
                        .filter(l -> !l.isEmpty())
                        .toList());
        if (workers.stream().noneMatch(ServerWorker::reached)) {
            throw new FailureException(new Failure(
                    FailureKind.EXTERNAL,
                    "no unit-test server can be reached",
                    unreachable,
                    "start one: micro-integrator.sh -DsynapseTest -DsynapseTestPort=9008"));
        }
        return report(suites, queue.results(), unreachable);
    }

    @Override
    public List<Prepared> prepare(MiProject project) {
        return suites(project).stream()
                .map(s -> new Prepared(
                        s.file(), s.cases(), s.request().getBytes(StandardCharsets.UTF_8).length, s.problem()))
                .toList();
    }

    private static List<SuiteSource> suites(MiProject project) {
        ProjectTree tree = ProjectTree.of(Path.of(project.folder()));
        SuiteReader reader = new SuiteReader(tree);
        return TestSuiteFiles.of(project, tree).stream().map(reader::read).toList();
    }

    private static List<ServerWorker> work(
            SuiteQueue queue, Set<InetSocketAddress> servers, Duration timeout, Consumer<String> log) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        ExecutorService threads = Executors.newFixedThreadPool(servers.size());
        List<ServerWorker> workers = servers.stream()
                .map(server -> new ServerWorker(server, queue, new SuiteExchange(server, timeout, watch), log))
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
    private static TestReport report(List<SuiteSource> sources, Map<String, Suite> results, String unreachable) {
        List<Suite> suites = new ArrayList<>();
        for (SuiteSource source : sources) {
            Suite result = results.get(source.file());
            String reason = source.sendable() ? "no server was left to run it: " + unreachable : source.problem();
            suites.add(result == null ? source.missing(reason, 0) : result);
        }
        return new TestReport(suites);
    }
}
