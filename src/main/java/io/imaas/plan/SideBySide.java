package io.imaas.plan;

import io.imaas.model.failure.FailureException;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.StepId;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joins plans of several services: what each of them does first runs side by side, then what each does next. */
public final class SideBySide {
    private SideBySide() {}

    /** The groups of several plans, zipped. */
    public static List<StepGroup> zip(List<Plan> plans) {
        if (plans.size() == 1) {
            return plans.get(0).groups();
        }
        int longest =
                plans.stream().mapToInt(plan -> plan.groups().size()).max().orElse(0);
        List<StepGroup> groups = new ArrayList<>();
        for (int i = 0; i < longest; i++) {
            List<String> titles = new ArrayList<>();
            List<PlannedStep> steps = new ArrayList<>();
            for (Plan plan : plans) {
                if (i < plan.groups().size()) {
                    titles.add(plan.groups().get(i).title());
                    steps.addAll(plan.groups().get(i).steps());
                }
            }
            groups.add(
                    new StepGroup(String.join(", ", titles.stream().distinct().toList()), steps));
        }
        return groups;
    }

    /** The same plan, with every step's id begun by the service's name, so that it can stand beside others. */
    public static Plan prefixed(Plan plan, String service) {
        List<StepGroup> groups = plan.groups().stream()
                .map(group -> new StepGroup(
                        group.title(),
                        group.steps().stream()
                                .map(step -> prefixed(step, service + "/"))
                                .toList()))
                .toList();
        return plan.with(groups);
    }

    private static PlannedStep prefixed(PlannedStep step, String prefix) {
        RecordComponent[] components = step.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                Object value = components[i].getAccessor().invoke(step);
                boolean isId = components[i].getName().equals("id") || components[i].isAnnotationPresent(StepId.class);
                values[i] = isId && !value.equals("") ? prefix + value : value;
            }
            return step.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw FailureException.defect(step.title() + " cannot be copied", e);
        }
    }
}
