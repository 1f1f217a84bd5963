"""One training step of CTGAN in plain PyTorch: what src/gan/families/tabular/ctgan/step.ts does."""

import torch
from adult_shape import CONDITION, LEVELS, MODES, SPANS, WIDTH, adult_table
from torch import nn
from torch.nn import functional

BATCH, PACK, LATENT = 500, 10, 128
ONEHOTS = [size for size, kind in SPANS if kind != "number"]


class Residual(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(inputs, outputs, bias=False), nn.BatchNorm1d(outputs), nn.ReLU()
        )

    def forward(self, x):
        return torch.cat([self.layers(x), x], 1)


def networks():
    inputs = LATENT + CONDITION
    generator = nn.Sequential(
        Residual(inputs, 256), Residual(inputs + 256, 256), nn.Linear(inputs + 512, WIDTH)
    )
    critic = nn.Sequential(
        nn.Linear(PACK * (WIDTH + CONDITION), 256),
        nn.LeakyReLU(0.2),
        nn.Dropout(0.5),
        nn.Linear(256, 256),
        nn.LeakyReLU(0.2),
        nn.Dropout(0.5),
        nn.Linear(256, 1),
    )
    return generator, critic


def activate(logits):
    """Numbers first, then the one-hot spans, as in a row of ours."""
    numbers, onehots = logits.split([len(MODES), sum(ONEHOTS)], 1)
    gumbel = -torch.empty_like(onehots).exponential_().log()
    noisy = (onehots + gumbel) / 0.2
    return torch.cat([numbers.tanh(), *(x.softmax(1) for x in noisy.split(ONEHOTS, 1))], 1)


def condition_loss(logits, condition):
    wanted = condition.split(LEVELS, 1)
    given = logits[:, WIDTH - CONDITION :].split(LEVELS, 1)
    return sum(-(c * x.log_softmax(1)).sum() for c, x in zip(wanted, given)) / BATCH


def ctgan_step():
    """A function that makes one step; the real rows and conditions are drawn before."""
    generator, critic = networks()
    options = {"lr": 2e-4, "betas": (0.5, 0.9), "weight_decay": 1e-6}
    adam_g = torch.optim.Adam(generator.parameters(), **options)
    adam_d = torch.optim.Adam(critic.parameters(), **options)
    rows = torch.from_numpy(adult_table(BATCH))
    levels = rows[:, WIDTH - CONDITION :]
    column = torch.randint(len(LEVELS), (BATCH,))
    chosen = functional.one_hot(column, len(LEVELS)).repeat_interleave(torch.tensor(LEVELS), 1)
    condition = levels * chosen

    def make():
        logits = generator(torch.cat([torch.randn(BATCH, LATENT), condition], 1))
        return logits, torch.cat([activate(logits), condition], 1).view(BATCH // PACK, -1)

    real = torch.cat([rows, condition], 1).view(BATCH // PACK, -1)

    def step():
        with torch.no_grad():
            _, fake = make()
        place = torch.rand(len(real), 1)
        between = (fake + place * (real - fake)).requires_grad_()
        (slopes,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
        penalty = ((slopes.norm(2, 1) - 1) ** 2).mean()
        adam_d.zero_grad()
        (critic(fake).mean() - critic(real).mean() + 10 * penalty).backward()
        adam_d.step()
        logits, fake = make()
        adam_g.zero_grad()
        (condition_loss(logits, condition) - critic(fake).mean()).backward()
        adam_g.step()

    return step
