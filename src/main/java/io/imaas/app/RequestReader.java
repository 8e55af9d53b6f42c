package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.ApproveRequest;
import io.imaas.model.request.ChartRequest;
import io.imaas.model.request.PathRequest;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PromoteRequest;
import io.imaas.model.request.ReleaseRequest;
import io.imaas.model.request.ResumeRequest;
import io.imaas.model.request.RollbackRequest;
import io.imaas.model.request.RolloutRequest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what a person asks for from named texts: the parameters of a Pipeline step, a page's form, an API's body. */
public final class RequestReader {
    /** The names that are read; everything else belongs to whoever passes the texts on. */
    public static final List<String> NAMES = List.of(
            "intent",
            "tenant",
            "services",
            "from",
            "to",
            "onTo",
            "environment",
            "release",
            "image",
            "version",
            "commit",
            "tree",
            "as",
            "reason",
            "override",
            "chart",
            "assumeHealthy",
            "refuse",
            "withdraw",
            "confirmOverride");

    private static final List<String> INTENTS =
            List.of("promote", "approve", "rollback", "resume", "release", "rollout");

    private final Map<String, String> texts;
    private final String where;

    private RequestReader(Map<String, String> texts, String where) {
        this.texts = texts;
        this.where = where;
    }

    /**
     * @param where what is told of the place, such as a job's name
     * @throws FailureException INPUT for an unknown intent, a missing name or a malformed value
     */
    public static PlanRequest read(Map<String, String> texts, String where) {
        return new RequestReader(texts, where).request();
    }

    private PlanRequest request() {
        return switch (text("intent")) {
            case "promote" ->
                Boolean.parseBoolean(text("chart"))
                        ? chart()
                        : onward(new PromoteRequest(
                                services(),
                                new EnvironmentName(required("from")),
                                new EnvironmentName(required("to")),
                                optional("tree", TreeHash::new),
                                text("reason"),
                                Boolean.parseBoolean(text("assumeHealthy")),
                                text("override")));
            case "approve" ->
                new ApproveRequest(
                        services(),
                        optional("from", EnvironmentName::new),
                        new EnvironmentName(required("to")),
                        Boolean.parseBoolean(text("confirmOverride")) ? text("as") : required("as"),
                        verdict(),
                        text("refuse"),
                        Boolean.parseBoolean(text("chart")));
            case "rollback" -> new RollbackRequest(service(), environment(), text("release"), text("reason"));
            case "resume" -> new ResumeRequest(service(), environment());
            case "release" ->
                onward(new ReleaseRequest(
                        service(),
                        environment(),
                        ImageRef.parse(required("image")),
                        text("version"),
                        optional("commit", CommitId::new),
                        where));
            case "rollout" ->
                new RolloutRequest(
                        service(),
                        environment(),
                        optional("commit", CommitId::new),
                        optional("image", ImageRef::parse));
            default ->
                throw FailureException.input(
                        "there is no intent '" + text("intent") + "'",
                        where,
                        Spelling.suggestion(text("intent"), INTENTS));
        };
    }

    /** The whole path where it is asked for. */
    private PlanRequest onward(PlanRequest first) {
        EnvironmentName last = optional("onTo", EnvironmentName::new);
        return last == null ? first : new PathRequest(first, last);
    }

    private PlanRequest chart() {
        return new ChartRequest(
                Stream.of(text("to").split("[\\s,]+"))
                        .filter(name -> !name.isEmpty())
                        .map(EnvironmentName::new)
                        .toList(),
                text("reason"),
                text("override"));
    }

    private List<ServiceName> services() {
        List<ServiceName> services = new ArrayList<>();
        for (String name : (text("services") + "," + text("service")).split("[\\s,]+")) {
            if (!name.isEmpty()) {
                services.add(new ServiceName(name));
            }
        }
        return services;
    }

    private ServiceName service() {
        return new ServiceName(required("service"));
    }

    private EnvironmentName environment() {
        return new EnvironmentName(required("environment"));
    }

    private String text(String name) {
        return texts.getOrDefault(name, "").strip();
    }

    private String required(String name) {
        if (text(name).isEmpty()) {
            throw FailureException.input("'" + name + "' is missing", where, "give " + name + ": …");
        }
        return text(name);
    }

    private Approval.Verdict verdict() {
        if (Boolean.parseBoolean(text("confirmOverride"))) {
            return Approval.Verdict.CONFIRMED;
        }
        boolean withdrawn = Boolean.parseBoolean(text("withdraw"));
        return !text("refuse").isBlank()
                ? Approval.Verdict.NO
                : withdrawn ? Approval.Verdict.WITHDRAWN : Approval.Verdict.YES;
    }

    private <T> T optional(String name, Function<String, T> parsed) {
        return text(name).isEmpty() ? null : parsed.apply(text(name));
    }
}
