package io.imaas.step.chart;

import io.imaas.port.ChartRenderer;
import io.imaas.port.ChartStore;
import io.imaas.port.TextDiff;
import io.imaas.port.Workloads;

/** What rendering needs, for every tenant of a process. */
public record Charts(ChartRenderer renderer, ChartStore store, Workloads workloads, TextDiff diff) {}
