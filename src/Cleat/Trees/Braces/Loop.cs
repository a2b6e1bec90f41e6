using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>A <c>for</c> expression of HCL or Bicep.</summary>
/// <param name="Name">The variable that stands for each value: <c>v</c> of <c>for k, v in</c>.</param>
/// <param name="List">The expression whose items it goes through.</param>
/// <param name="Body">Where the variable is known.</param>
internal readonly record struct Loop(string Name, TextSpan List, TextSpan Body);
