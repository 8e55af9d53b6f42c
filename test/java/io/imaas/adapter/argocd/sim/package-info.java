/**
 * A simulator of Argo CD, honest to its source: what its controller, API server and stream do and get wrong, driven by
 * scripts, in virtual time (in memory, for thousands of schedules) or in real time (over HTTP on loopback).
 */
package io.imaas.adapter.argocd.sim;
