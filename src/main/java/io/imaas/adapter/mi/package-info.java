/**
 * WSO2 Micro Integrator: its projects, the CAR made from them, their checks and unit tests. The formats follow WSO2's public
 * {@code vscode-car-plugin} 5.4.12 and the templates of its VS Code extension.
 */
package io.imaas.adapter.mi;
