/**
 * WSO2 Micro Integrator projects: what a folder holds, and the CAR made from it. The formats follow WSO2's public
 * {@code vscode-car-plugin} 5.4.12 and the templates of its VS Code extension.
 */
package io.imaas.adapter.mi;
