/** Whether an order (negative, 0, positive) is what an operator asks for. */
export const compares = (order: number, operator: string): boolean => {
  switch (operator) {
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "!=":
      return order !== 0;
    default:
      return order === 0;
  }
};
