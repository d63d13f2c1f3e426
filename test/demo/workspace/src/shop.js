const prices = { apple: 30, bread: 240, milk: 110 };

/** The price of a basket in cents. */
function total(basket) {
  return basket.reduce((sum, item) => sum + prices[item], 0);
}

console.log(`Breakfast costs ${total(['bread', 'milk']) / 100}`);
