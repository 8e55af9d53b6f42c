package io.imaas.plan.snapshot;

import java.io.Serializable;

/** Something that was found out about what is to arrive. A new kind is a record, and an observer that finds it. */
public interface Fact extends Serializable {}
