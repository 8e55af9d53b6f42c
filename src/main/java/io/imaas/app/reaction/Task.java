package io.imaas.app.reaction;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;

/**
 * Something to look after for one tenant. It names no commit: whatever is there when its turn comes is looked after, so
 * that the same task twice is one task, and done twice it changes nothing the second time.
 */
sealed interface Task {
    Reaction kind();

    /** What it is about, such as {@code prod} or {@code order-api in prod}; empty: the tenant as a whole. */
    String about();

    record Review(EnvironmentName environment) implements Task {
        @Override
        public Reaction kind() {
            return Reaction.REVIEW;
        }

        @Override
        public String about() {
            return environment.value();
        }
    }

    record Release(ServiceName service) implements Task {
        @Override
        public Reaction kind() {
            return Reaction.RELEASE;
        }

        @Override
        public String about() {
            return service.value();
        }
    }

    record Promotion(ServiceName service, EnvironmentName to) implements Task {
        @Override
        public Reaction kind() {
            return Reaction.PROMOTION;
        }

        @Override
        public String about() {
            return service + " in " + to;
        }
    }

    record Onboarding() implements Task {
        @Override
        public Reaction kind() {
            return Reaction.ONBOARDING;
        }

        @Override
        public String about() {
            return "";
        }
    }

    record Health() implements Task {
        @Override
        public Reaction kind() {
            return Reaction.HEALTH;
        }

        @Override
        public String about() {
            return "";
        }
    }
}
