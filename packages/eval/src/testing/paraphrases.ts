/** A question, what answers it in other words but one, and what says that one word; in the first twelve, in a much shorter text. */
export const paraphrases: readonly [question: string, answer: string, decoy: string][] = [
  [
    'How do I get my money back for a kettle?',
    'Dissatisfied buyers of a kettle receive a full refund of the price they paid.',
    'A kettle boils on the stove.',
  ],
  [
    'Where can sailors see a doctor?',
    'Physicians examine sailors at the clinic above the chandlery every morning.',
    'Sailors sleep above the inn.',
  ],
  [
    'What do ferries run on?',
    'Ferries burn diesel oil, petrol or coal that a tanker brings to the fuel store.',
    'Ferries are painted white.',
  ],
  [
    'When do lessons begin on Monday?',
    'On Monday teaching at the school starts at eight, with arithmetic for all pupils.',
    'Monday is a quiet day.',
  ],
  [
    'Who puts out blazes in the mill?',
    'If the mill burns, firefighters with hoses and buckets extinguish the flames.',
    'The mill is white.',
  ],
  [
    'How is rubbish from the market taken away?',
    'Garbage and waste of the market are collected by a cart each Thursday.',
    'The market is loud.',
  ],
  [
    'Which trees give shade to the chapel?',
    'Oaks, beeches and pines darken the graves behind the chapel in summer.',
    'The chapel has a bell.',
  ],
  [
    'What is the weather like in January?',
    'January brings snow, frost, rain and a cold wind from the north.',
    'January has a fair.',
  ],
  [
    'How much is the rent of a flat by the weir?',
    'By the weir tenants pay the landlord thirty crowns a month for an apartment.',
    'The weir is old.',
  ],
  [
    'Which beverages does the tavern sell?',
    'At the tavern guests may drink beer, cider, wine and tea.',
    'The tavern has a sign.',
  ],
  [
    'Are dogs allowed in the museum?',
    'Pets on a leash may visit the museum with their owners for free.',
    'The museum is closed.',
  ],
  [
    'How do I mend the puncture of a bicycle?',
    'To repair the flat tyre of a bicycle, glue a patch on the rubber tube.',
    'A bicycle is blue.',
  ],
  [
    'How can I cancel my subscription?',
    'To end a subscription, write to us a month before it renews.',
    'The subscription includes four printed issues each year.',
  ],
  [
    'What happens if I lose my library card?',
    'A replacement for a missing library card costs two euros at the desk.',
    'A library card lets you borrow ten books.',
  ],
  [
    'Is there somewhere to park near the theatre?',
    'Cars may be left in the garage beneath the theatre until midnight.',
    'The theatre shows a new play every autumn.',
  ],
  [
    'Who fixes the heating in the office?',
    'Repairs to the radiators and the boiler of the office are done by the caretaker.',
    'The office opens at nine and closes at six.',
  ],
  [
    'When does the pool shut?',
    'The last swimmers must be out of the pool by eight in the evening.',
    'Children under six enter the pool with a parent.',
  ],
  [
    'How old must I be to drive the tractor?',
    'Only people who have turned eighteen may steer the tractor.',
    'The tractor was bought second hand in spring.',
  ],
  [
    'Which illnesses does the vaccine protect against?',
    'The vaccine guards the body from measles, mumps and rubella.',
    'The vaccine is kept in a cold box.',
  ],
  [
    'What do the hens eat?',
    'Grain, peelings and snails are the daily food of the hens.',
    'The hens sleep in a wooden house on wheels.',
  ],
  [
    'How do I make the screen brighter?',
    'Turn the wheel at the side of the screen upwards for more light.',
    'The screen is made of glass and plastic.',
  ],
  [
    'Can I bring my bicycle on the train?',
    'Cycles travel in the last carriage of the train for a small fee.',
    'The train leaves from the second platform.',
  ],
  [
    'Why was the bridge closed?',
    'Cracks found in the pillars forced the town to shut the bridge to traffic.',
    'The bridge is forty metres long and made of stone.',
  ],
  [
    'Where was the poet born?',
    'The poet came into the world in a fishing village in the north.',
    'The poet wrote mostly about rivers and night.',
  ],
  [
    'How do I get rid of ants in the kitchen?',
    'Vinegar along the skirting of the kitchen drives insects out.',
    'The kitchen was painted yellow last summer.',
  ],
  [
    'What does the captain earn?',
    'The captain receives a salary of four thousand a month.',
    'The captain wears a blue cap with a badge.',
  ],
  [
    'How hot does the oven get?',
    'The oven reaches a temperature of two hundred and fifty degrees.',
    'The oven stands beside the sink.',
  ],
  [
    'Who inherits the farm?',
    'After her death the farm passes to her niece and nephew.',
    'The farm lies at the end of a long lane.',
  ],
  [
    'How long does the flight take?',
    'You are in the air for about three hours; the flight is direct.',
    'Meals on the flight are sold by the crew.',
  ],
  [
    'What should I wear at the wedding?',
    'Guests of the wedding are asked to dress formally, in suits and gowns.',
    'The wedding is held in the garden of the mayor.',
  ],
  [
    'How do I prove my identity at the bank?',
    'Show a passport or a driving licence to the clerk of the bank.',
    'The bank was founded by two brothers.',
  ],
  [
    'Is smoking permitted on the balcony?',
    'Cigarettes and pipes are forbidden everywhere, the balcony included.',
    'From the balcony one sees the harbour.',
  ],
  [
    'How fast does the lift go?',
    'The lift climbs at a speed of two metres each second.',
    'The lift holds eight people or a piano.',
  ],
  [
    'When are salaries paid to the staff?',
    'The staff get their wages on the last working day of the month.',
    'The staff eat lunch together on Fridays.',
  ],
  [
    'Who teaches the children to swim?',
    'Swimming lessons for the children are given by a retired lifeguard.',
    'The children made paper boats in class.',
  ],
  [
    "What is the doctor's telephone number?",
    'Call the doctor at 555 0199 between eight and noon.',
    'The doctor has two dogs and a parrot.',
  ],
  [
    'How do I store the cheese?',
    'Wrap the cheese in paper and keep it in a cool cellar.',
    'The cheese won a medal at the fair.',
  ],
  [
    'Did the company make a profit?',
    'The company earned more than it spent last year, some two million.',
    'The company has offices in four cities.',
  ],
  [
    'What caused the fire at the warehouse?',
    'A short circuit in old wiring set the warehouse ablaze.',
    'The warehouse stores wool and linen.',
  ],
  [
    'Where do I hand in the form?',
    'Submit the completed form at counter three in the town hall.',
    'The form has two pages and a stamp.',
  ],
  [
    'How many people live on the island?',
    'The island has a population of around nine hundred.',
    'The island has three beaches and a lighthouse.',
  ],
  [
    'Which language do the monks speak?',
    'Among themselves the monks converse in Latin and Greek.',
    'The monks bake bread before sunrise.',
  ],
  [
    'What allergies does the soup trigger?',
    'The soup contains celery, milk and nuts, which some guests cannot tolerate.',
    'The soup is served in deep white bowls.',
  ],
  [
    'How do I quieten a crying baby?',
    'Rocking and soft singing soothe a baby in tears.',
    'The baby weighed three kilos at birth.',
  ],
  [
    'Who owns the vineyard?',
    'The vineyard belongs to a family of winemakers from the valley.',
    'The vineyard is harvested late in September.',
  ],
  [
    'What is the penalty for speeding in the village?',
    'Drivers who go too fast through the village pay a fine of ninety euros.',
    'The village has a church and two bakers.',
  ],
  [
    'How is the statue cleaned?',
    'A brush and soapy water remove the dirt from the statue twice a year.',
    'The statue shows a general on his horse.',
  ],
  [
    'When can I reach the support team?',
    'The support desk answers calls on weekdays from nine to five.',
    'The support team sits on the third floor.',
  ],
  [
    'Why do cats purr?',
    'Contentment, and sometimes pain, makes cats produce that low humming sound.',
    'Cats were brought to the barn against mice.',
  ],
  [
    'What should I do if the engine overheats?',
    'Stop at once and let the engine cool before adding water.',
    'The engine has six cylinders and a turbo.',
  ],
  [
    'Are students charged less for the museum?',
    'Pupils and undergraduates enter the museum at half price.',
    'The museum owns a mummy and a meteorite.',
  ],
  [
    'Where does the river end?',
    'The river flows into the sea near the old fortress.',
    'The river is home to otters and herons.',
  ],
];
