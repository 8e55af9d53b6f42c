package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.PlanRequest.PathRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.PlanRequest.RemovePreviewsRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;
import io.imaas.model.rollout.Approval.Verdict;
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
            "confirmOverride",
            "previews");

    private static final List<String> INTENTS = List.of(
            "promote",
            "approve",
            "refuse",
            "withdraw",
            "confirm",
            "rollback",
            "resume",
            "release",
            "rollout",
            "review",
            "onboard",
            "remove-previews");

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
            case "approve" -> approval(verdict());
            case "refuse" -> approval(Verdict.NO);
            case "withdraw" -> approval(Verdict.WITHDRAWN);
            case "confirm" -> approval(Verdict.CONFIRMED);
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
            // From where, and what becomes of what is refused, is not for whoever asks to say.
            case "review" -> new ReviewRequest(environment(), null, null, null);
            case "onboard" -> new OnboardRequest();
            case "remove-previews" -> new RemovePreviewsRequest(list(required("previews"), ServiceName::new));
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
        return new ChartRequest(list(text("to"), EnvironmentName::new), text("reason"), text("override"));
    }

    /** Each once: a form may name one under both names. */
    private List<ServiceName> services() {
        return list(text("services") + "," + text("service"), ServiceName::new);
    }

    private static <T> List<T> list(String names, Function<String, T> parsed) {
        return Stream.of(names.split("[\\s,]+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(parsed)
                .toList();
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

    private PlanRequest approval(Verdict verdict) {
        boolean refused = verdict == Verdict.NO;
        return new ApproveRequest(
                services(),
                optional("from", EnvironmentName::new),
                new EnvironmentName(required("to")),
                text("as"),
                verdict,
                refused ? required(texts.containsKey("refuse") ? "refuse" : "reason") : "",
                optional("image", ImageRef::parse),
                text("version"),
                Boolean.parseBoolean(text("chart")));
    }

    /** A refusal without a reason is an incomplete one, and never a yes. */
    private Verdict verdict() {
        List<Verdict> said = new ArrayList<>();
        if (texts.containsKey("refuse")) {
            said.add(Verdict.NO);
        }
        if (Boolean.parseBoolean(text("withdraw"))) {
            said.add(Verdict.WITHDRAWN);
        }
        if (Boolean.parseBoolean(text("confirmOverride"))) {
            said.add(Verdict.CONFIRMED);
        }
        if (said.size() > 1) {
            throw FailureException.input(
                    "'refuse', 'withdraw' and 'confirmOverride' exclude each other", where, "give one of them");
        }
        return said.isEmpty() ? Verdict.YES : said.get(0);
    }

    private <T> T optional(String name, Function<String, T> parsed) {
        return text(name).isEmpty() ? null : parsed.apply(text(name));
    }
}
