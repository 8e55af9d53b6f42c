package io.imaas.plan.snapshot;

import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;

/** What people pushed of a service stands on its branch and does not run: a release would bring it along. */
public record PushedValues(ServiceName service) implements Fact {}
