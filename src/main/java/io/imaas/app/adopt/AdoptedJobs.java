package io.imaas.app.adopt;

import io.imaas.app.adopt.Adoption.Proposed;
import io.imaas.model.source.ExistingJob;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.plan.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What jobs that are there say of services, and what becomes of them: onboarding changes none of them. */
record AdoptedJobs(List<ExistingJob> jobs) {
    /** Where a service's sources are, if all jobs that are called like it, or whose repository is, agree. */
    Optional<String> sources(AdoptedPlace place) {
        String service = place.service().value();
        String whole = place.tenant() + "-" + service;
        List<String> found = jobs.stream()
                .filter(ExistingJob::isPipeline)
                .filter(job -> List.of(job.shortName(), job.repositoryName()).stream()
                        .anyMatch(name -> name.equals(service) || name.equals(whole)))
                .map(ExistingJob::repository)
                .distinct()
                .toList();
        return found.stream().findFirst().filter(first -> found.stream().allMatch(other -> isSame(first, other)));
    }

    List<Adoption.Job> told(List<Proposed> proposed) {
        return jobs.stream()
                .map(job -> new Adoption.Job(VisibleText.of(job.name()), VisibleText.of(told(job, proposed))))
                .toList();
    }

    private static String told(ExistingJob job, List<Proposed> proposed) {
        if (!job.isPipeline()) {
            return "stays as it is: it is a " + job.kind()
                    + " without one Git repository, and onboarding makes jobs of repositories alone";
        }
        return proposed.stream()
                .filter(one -> isSame(one.repository().value(), job.repository()))
                .findFirst()
                .map(one -> made(job, one.tenant() + "/" + one.service()))
                .orElseGet(() ->
                        "stays as it is: no service that is proposed has its repository. To onboard it, add to the"
                                + " tenant's file: {name: " + job.repositoryName() + ", repository: '"
                                + job.repository()
                                + "', type: gateway | worker | step}");
    }

    private static String made(ExistingJob job, String made) {
        List<String> parts = new ArrayList<>();
        parts.add("onboarding makes the multibranch job " + made + " of its repository " + job.repository());
        parts.add(
                job.name().equals(made)
                        ? "this job has that name and is not overwritten: rename it first"
                        : "this job stays, with its builds: switch it off when the new one has run");
        if (!job.script().equals("Jenkinsfile")) {
            parts.add("its pipeline is "
                    + (job.script().isEmpty() ? "in the job itself" : job.script())
                    + ", and the new job reads Jenkinsfile: write imaasPipeline() there");
        }
        if (!job.own().isEmpty()) {
            parts.add("the new job has not: " + String.join(", ", job.own()));
        }
        return String.join("; ", parts);
    }

    /** However they are written. */
    private static boolean isSame(String one, String other) {
        return RepositoryPlace.find(one)
                .flatMap(place -> RepositoryPlace.find(other).filter(place::mayBe))
                .isPresent();
    }
}
