namespace LeadPredict.Learning.Trees;

/// <summary>The derivatives of one row as whole numbers of a <see cref="SumScale"/>, half as long as a sum: they are read far more often than written.</summary>
/// <param name="Gradient">First derivative, at most 2^30 from 0.</param>
/// <param name="Hessian">Second derivative, from 0 to 2^30.</param>
internal readonly record struct RowDerivatives(int Gradient, int Hessian);
