package io.imaas.port;

import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Holds a project, and a CAR against it, to what the Micro Integrator will need. */
public interface CarVerifier {
    /** All problems of the sources alone, sorted by place. */
    List<Problem> lint(MiProject project);

    /** All problems of the sources and of the CAR made from them. */
    List<Problem> verify(MiProject project, CarFile car);

    /** What the services of one tenant can't have side by side, by the project in which it is told. */
    Map<MiProject, List<Problem>> between(List<MiProject> projects);

    /**
     * Corrects in the sources what needs no decision.
     *
     * @param wanted which problems to correct
     * @return those that were corrected
     */
    List<Problem> fix(MiProject project, Predicate<Problem> wanted);
}
