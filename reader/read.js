'use strict';
(() => {
  const byId = (id) => document.getElementById(id);

  // Dates as readers of the story's language write them; without the script they stand in English.
  const language = document.documentElement.lang;
  for (const time of document.querySelectorAll('article time[datetime]')) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(time.dateTime);
    if (!parts || language === 'und' || /^en\b/.test(language)) continue;
    try {
      const day = new Date(Date.UTC(parts[1], parts[2] - 1, parts[3]));
      time.textContent = new Intl.DateTimeFormat(language, {dateStyle: 'long', timeZone: 'UTC'}).format(day);
      time.lang = language;
      time.dir = 'auto';
    } catch { /* not a language that is known here */ }
  }

  const support = byId('support');
  if (!support) return;

  // What was chosen is shown again on the link; it goes nowhere else.
  const chosen = byId('chosen'), amounts = byId('amounts');
  const picked = (name) => support.querySelector(`input[name=${name}]:checked`);
  const picking = () => support.querySelector('input[name=frequency]') !== null;
  function choose() {
    const frequency = picked('frequency');
    if (amounts) {
      const labels = [...amounts.querySelectorAll('label')];
      // Amounts that belong to a frequency wait for it to be chosen, and then need not name it.
      const asked = picking();
      support.classList.toggle('picking', asked);
      const fits = (label) => !asked || !label.dataset.frequency || label.dataset.frequency === frequency?.value;
      for (const label of labels) {
        label.hidden = !fits(label);
        if (label.hidden) label.firstElementChild.checked = false;
      }
      amounts.hidden = labels.every((label) => label.hidden);
    }
    if (!chosen) return;
    const amount = picked('amount');
    const sum = amount ? amount.nextElementSibling.firstChild.data : '';
    const often = frequency ? frequency.nextElementSibling.textContent.toLowerCase() : '';
    chosen.textContent = ['Continue', sum && 'with ' + sum, often].filter(Boolean).join(' ');
  }
  support.addEventListener('change', (event) => {
    if (event.target.matches('input')) choose();
  });

  // "Remind me later" is kept in this browser, a time for each publisher. Where storage is closed, it holds for this page.
  const key = 'offprint:later:' + support.dataset.source;
  const read = () => {
    try { return Number(localStorage.getItem(key)) || 0; } catch { return 0; }
  };
  const write = (until) => {
    try {
      if (until) localStorage.setItem(key, String(until)); else localStorage.removeItem(key);
    } catch { /* closed */ }
  };
  function place(until) {
    const away = until > Date.now();
    byId('card').hidden = away;
    byId('put-off').hidden = !away;
    support.classList.toggle('away', away);
    if (!away) return;
    const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'long', year: 'numeric'}).format(until);
    byId('until').textContent = `The publisher’s request for support is put off until ${day}.`;
  }
  byId('later').hidden = false;
  byId('remind').addEventListener('click', () => {
    const until = Date.now() + Number(byId('when').value) * 24 * 60 * 60 * 1000;
    write(until);
    place(until);
    byId('again').focus();
  });
  byId('again').addEventListener('click', () => {
    write(0);
    place(0);
    byId('remind').focus();
  });
  choose();
  place(read());
})();
