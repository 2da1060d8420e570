"use strict";
// Pages work without this script. It moves the capacity slider without a round trip, and asks before what cannot be undone.
(() => {
  const round = value => Math.abs(value - Math.round(value)) < 0.05 ? Math.round(value).toLocaleString("en-US") : value.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const signed = value => { const size = round(Math.abs(value)); return (size === "0" ? "" : value > 0 ? "+" : "−") + size; };
  const better = (more, least, write) => Math.abs(more) < least ? "Both lists bring the same" : `The ${more > 0 ? "model’s" : "rules’"} list brings ${write(Math.abs(more))} more`;
  const numbers = text => text ? text.split(" ").map(Number) : null;

  // The service takes a comma for a decimal mark too, and refuses three digits after one, which may be thousands.
  const typed = text => /^\s*\d*[.,]?\d*\s*$/.test(text) && !/^\s*[1-9]\d{0,2}[.,]\d{3}\s*$/.test(text) ? Number(text.replace(",", ".")) : NaN;

  document.querySelectorAll("form[data-capacity]").forEach(form => {
    const slider = form.querySelector(".slider");
    const field = form.querySelector("#capacity");
    const answer = document.getElementById("capacity-answer");
    const mark = document.querySelector("[data-chart=capture] [data-mark]");
    const data = {};
    for (const name of ["called", "model", "rules", "low", "high", "modelRevenue", "rulesRevenue"]) {
      data[name] = numbers(slider.dataset[name]);
    }
    const show = (step, wanted) => {
      const d = slider.dataset;
      const told = round(Math.abs(data.called[step] - wanted) <= data.called[step] * 0.01 ? wanted : data.called[step]);
      let text = `Calling ${told} ${d.unit}${d.for}: model ${round(data.model[step])} ${d.wins}, rules ${round(data.rules[step])}. ${better(data.model[step] - data.rules[step], 0.05, round)}; 95 % interval of model minus rules ${signed(data.low[step])} to ${signed(data.high[step])}.`;
      if (data.modelRevenue && data.rulesRevenue) {
        const money = value => Math.round(value).toLocaleString("en-US") + (d.currency ? " " + d.currency : "");
        text += ` Revenue: model ${money(data.modelRevenue[step])}, rules ${money(data.rulesRevenue[step])}. ${better(data.modelRevenue[step] - data.rulesRevenue[step], 0.5, money)}.`;
      }
      answer.textContent = text;
      slider.setAttribute("aria-valuetext", `${told} ${d.unit}`);
      if (mark) {
        const x = Number(mark.dataset.left) + data.called[step] / Number(mark.dataset.most) * Number(mark.dataset.width);
        mark.setAttribute("x1", x);
        mark.setAttribute("x2", x);
      }
    };
    slider.hidden = false;
    slider.addEventListener("input", () => { field.value = Math.round(data.called[slider.value] * 10) / 10; show(Number(slider.value), Number(field.value)); });
    field.addEventListener("input", () => {
      const wanted = typed(field.value);
      if (Number.isNaN(wanted)) return;
      let step = 0;
      while (step + 1 < data.called.length && data.called[step + 1] - wanted < wanted - data.called[step]) step++;
      slider.value = step;
      show(step, wanted);
    });
  });

  document.querySelectorAll("form[data-confirm]").forEach(form =>
    form.addEventListener("submit", event => { if (!window.confirm(form.dataset.confirm)) event.preventDefault(); }));
})();
