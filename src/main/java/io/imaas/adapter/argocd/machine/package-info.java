/**
 * The rollout of one commit as a state machine: observations in, commands out. It does no I/O, reads
 * no clock and holds no thread; {@code docs/rollout.md} is its drawing.
 */
package io.imaas.adapter.argocd.machine;
